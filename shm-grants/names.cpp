// SPDX-License-Identifier: MIT
// What the errors are called in a log.
#include "shm-grants/channel.hpp"
#include "shm-grants/mapping.hpp"
#include "shm-grants/pages.hpp"

namespace leadlight::grants {

std::string_view to_string(ChannelError error) {
    switch (error) {
    case ChannelError::closed:
        return "closed by the peer";
    case ChannelError::broken:
        return "the peer broke the channel's rules";
    case ChannelError::too_many_descriptors:
        return "the peer sent too many descriptors";
    case ChannelError::not_there:
        return "nobody listens there";
    case ChannelError::in_use:
        return "another server has that address";
    case ChannelError::open_folder:
        return "its folder is missing, or not this user's alone (mode 0700)";
    case ChannelError::not_supported:
        return "not supported by this backend";
    case ChannelError::refused:
        return "refused by the system";
    case ChannelError::failed:
        return "failed";
    }
    return "?";
}

std::string_view to_string(GrantError error) {
    switch (error) {
    case GrantError::no_pages:
        return "no pages asked for";
    case GrantError::over_limit:
        return "over the limit of granted pages";
    case GrantError::exhausted:
        return "the system has no more pages to grant";
    case GrantError::refused:
        return "refused by the system";
    case GrantError::failed:
        return "failed";
    }
    return "?";
}

std::string_view to_string(MapError error) {
    switch (error) {
    case MapError::not_a_memory_file:
        return "not a memory file";
    case MapError::not_sealed:
        return "a memory file that can shrink";
    case MapError::huge_pages:
        return "a memory file of huge pages";
    case MapError::too_short:
        return "a memory file shorter than its pool";
    case MapError::no_pages:
        return "no pages";
    case MapError::too_many_pages:
        return "too many pages";
    case MapError::bad_reference:
        return "a grant reference does not map";
    case MapError::no_address_space:
        return "no address space left";
    case MapError::failed:
        return "failed";
    }
    return "?";
}

}  // namespace leadlight::grants
