// SPDX-License-Identifier: MIT
// One face of one font: a read-only mapping of its file that HarfBuzz shapes from and FreeType
// draws from. Opened before the cage; afterwards everything it needs is in memory.
#pragma once

#include <cstdint>
#include <ft2build.h>
#include <hb.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include FT_FREETYPE_H

namespace leadlight::theming {

/// A file mapped read-only for as long as this lives. Package managers replace fonts by renaming,
/// so the mapping stays what it was; all wardens share its pages.
class MappedFile {
  public:
    static std::optional<MappedFile> open(const std::string& path);
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&&) = delete;
    ~MappedFile();

    const std::uint8_t* data() const { return data_; }
    std::size_t size() const { return size_; }

  private:
    MappedFile(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
    const std::uint8_t* data_;
    std::size_t size_;
};

template <auto destroy>
struct Destroy {
    void operator()(auto* object) const { destroy(object); }
};

using FreeType = std::unique_ptr<FT_LibraryRec_, Destroy<FT_Done_FreeType>>;

class Font {
  public:
    static std::optional<Font> open(FT_Library library, const std::string& path, int index);

    /// Sets the size that shaping and drawing use from here on.
    void set_size(int pixels_per_em);
    bool has(char32_t code_point) const;

    FT_Face face() const { return face_.get(); }
    hb_font_t* shaper() const { return shaper_.get(); }

  private:
    explicit Font(MappedFile file) : file_(std::move(file)) {}

    MappedFile file_;  // first: the others read from it until they are gone
    std::unique_ptr<FT_FaceRec_, Destroy<FT_Done_Face>> face_;
    std::unique_ptr<hb_font_t, Destroy<hb_font_destroy>> shaper_;
    int pixels_per_em_ = 0;
};

/// The fonts that text is drawn with, the one to try first in front; bold ones likewise. Empty only
/// if the system has no font.
struct FontFiles {
    struct File {
        std::string path;
        int index = 0;
    };
    std::vector<File> regular, bold;
};
FontFiles choose_fonts();

}  // namespace leadlight::theming
