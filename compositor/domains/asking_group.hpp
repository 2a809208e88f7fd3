// SPDX-License-Identifier: MIT
// The right to ask leadlightd, which is the compositor's and no other program's of the person: its
// socket is a group's, and this program is installed set-group-id to that. The group is put aside
// at once and taken up for the moment of connecting, so that no file is made and nothing else is
// opened with it. (A program that gained a group so cannot be traced by others of the same user,
// and the loader takes no library from the environment into it.)
#pragma once

#include <sys/types.h>

namespace leadlight::compositor {

class AskingGroup {
  public:
    /// First thing in main(). False: the kernel refused, do not go on.
    static bool put_aside();
    /// This program was installed so that it has it, and may be started by anyone.
    static bool held();
    /// It is gone for good.
    static void drop();

    /// While it lives, this process acts with the group.
    AskingGroup();
    ~AskingGroup();
    AskingGroup(const AskingGroup&) = delete;
    AskingGroup& operator=(const AskingGroup&) = delete;
};

}  // namespace leadlight::compositor
