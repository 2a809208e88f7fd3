// SPDX-License-Identifier: MIT
#include "theming/font.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace leadlight::theming {

std::optional<MappedFile> MappedFile::open(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return std::nullopt;
    }
    struct stat status{};
    void* address = MAP_FAILED;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        address =
            mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, fd, 0);
    }
    close(fd);
    if (address == MAP_FAILED) {
        return std::nullopt;
    }
    return MappedFile(static_cast<const std::uint8_t*>(address),
                      static_cast<std::size_t>(status.st_size));
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile::~MappedFile() {
    if (data_ != nullptr) {
        munmap(const_cast<std::uint8_t*>(data_), size_);
    }
}

std::optional<Font> Font::open(FT_Library library, const std::string& path, int index) {
    auto file = MappedFile::open(path);
    if (!file) {
        return std::nullopt;
    }
    Font font(std::move(*file));
    FT_Face face = nullptr;
    if (FT_New_Memory_Face(library, font.file_.data(), static_cast<FT_Long>(font.file_.size()),
                           index, &face) != 0) {
        return std::nullopt;
    }
    font.face_.reset(face);
    if (!FT_IS_SCALABLE(face)) {
        return std::nullopt;
    }
    hb_blob_t* blob = hb_blob_create(reinterpret_cast<const char*>(font.file_.data()),
                                     static_cast<unsigned>(font.file_.size()),
                                     HB_MEMORY_MODE_READONLY, nullptr, nullptr);
    hb_face_t* shaped_face = hb_face_create(blob, static_cast<unsigned>(index));
    font.shaper_.reset(hb_font_create(shaped_face));
    hb_face_destroy(shaped_face);
    hb_blob_destroy(blob);
    return font;
}

void Font::set_size(int pixels_per_em) {
    if (pixels_per_em == pixels_per_em_) {
        return;
    }
    pixels_per_em_ = pixels_per_em;
    FT_Set_Pixel_Sizes(face_.get(), 0, static_cast<FT_UInt>(pixels_per_em));
    hb_font_set_scale(shaper_.get(), pixels_per_em * 64, pixels_per_em * 64);
    hb_font_set_ppem(shaper_.get(), static_cast<unsigned>(pixels_per_em),
                     static_cast<unsigned>(pixels_per_em));
}

bool Font::has(char32_t code_point) const {
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(shaper_.get(), code_point, &glyph) != 0;
}

}  // namespace leadlight::theming
