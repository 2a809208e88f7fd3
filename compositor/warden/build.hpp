// SPDX-License-Identifier: MIT
// Whether this is a build with sanitizers, which the cage has to be wider for.
#pragma once

namespace leadlight::warden {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LEADLIGHT_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer) || __has_feature(undefined_behavior_sanitizer)
#define LEADLIGHT_SANITIZED 1
#endif
#endif
#ifndef LEADLIGHT_SANITIZED
#define LEADLIGHT_SANITIZED 0
#endif

inline constexpr bool sanitized_build = LEADLIGHT_SANITIZED != 0;

}  // namespace leadlight::warden
