# SPDX-License-Identifier: MIT
"""The images that the domains boot from: a kernel, and a tree of files in RAM.

Everything is taken from the root that this runs in (the xen tier's Debian 13),
so adding a program to a domain is one line: tree.program("/usr/bin/foot").
"""

import glob
import gzip
import hashlib
import lzma
import os
import stat
import struct
import subprocess
import tempfile

MODULES = glob.glob("/lib/modules/*")[0]
XEN_TOOLS = "/usr/lib/xen-4.20/bin"


class Tree:
    """Files that become a cpio archive, which Linux unpacks as its first root."""

    def __init__(self):
        self.entries = {}

    def folder(self, path, mode=0o755):
        path = path.rstrip("/")
        if path and path not in self.entries:
            self.folder(os.path.dirname(path))
            self.entries[path] = (stat.S_IFDIR | mode, b"")

    def file(self, path, content, mode=0o644):
        self.folder(os.path.dirname(path))
        self.entries[path] = (stat.S_IFREG | mode, content)

    def link(self, path, target):
        self.folder(os.path.dirname(path))
        self.entries[path] = (stat.S_IFLNK | 0o777, target.encode())

    def copy(self, source, path=None):
        """A file, followed through links, or a folder with all that is in it."""
        path = path or source
        if os.path.isdir(source):
            self.folder(path)
            for name in os.listdir(source):
                self.copy(f"{source}/{name}", f"{path}/{name}")
        else:
            with open(source, "rb") as file:
                self.file(path, file.read(), stat.S_IMODE(os.stat(source).st_mode))

    def program(self, source, path=None):
        """A program with the libraries that ldd lists. libgcc_s is loaded by
        name when a thread ends, which ldd does not see and xl aborts without."""
        self.copy(source, path)
        listed = subprocess.run(["ldd", source], capture_output=True, text=True).stdout
        for word in listed.split():
            if word.startswith("/"):
                self.copy(word)
        self.copy("/lib/x86_64-linux-gnu/libgcc_s.so.1")

    def built(self, source, path):
        """A program of our own build, without what is for debuggers: most of it."""
        self.program(source, path)
        with tempfile.NamedTemporaryFile() as stripped:
            subprocess.check_call(["strip", "-o", stripped.name, source])
            with open(stripped.name, "rb") as file:
                self.file(path, file.read(), 0o755)

    def modules(self, *names):
        """Kernel modules, for `insmod /modules/NAME.ko`, in the order given."""
        for name in names:
            found = glob.glob(f"{MODULES}/kernel/**/{name}.ko.xz", recursive=True)
            with lzma.open(found[0]) as file:
                self.file(f"/modules/{name}.ko", file.read())

    def desktop_files(self):
        """What programs with windows read: fonts, keymaps, terminals."""
        for path in ("/usr/share/X11/xkb", "/etc/fonts", "/usr/share/fontconfig",
                     "/usr/share/fonts/truetype/dejavu", "/usr/share/terminfo/f",
                     "/usr/share/terminfo/x", "/usr/lib/locale/C.utf8"):
            if os.path.exists(path):
                self.copy(path)

    def busybox(self):
        self.copy("/bin/busybox")
        for applet in subprocess.check_output(["/bin/busybox", "--list"], text=True).split():
            if f"/bin/{applet}" not in self.entries:
                self.link(f"/bin/{applet}", "busybox")
        self.link("/sbin", "bin")

    def archive(self):
        parts = []

        def entry(path, mode, content, inode):
            name = path.lstrip("/").encode() + b"\0"
            head = [inode, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(name), 0]
            text = b"070701" + b"".join(b"%08x" % number for number in head) + name
            parts.append(text + b"\0" * (-len(text) % 4))
            parts.append(content + b"\0" * (-len(content) % 4))

        for inode, path in enumerate(sorted(self.entries), 1):
            entry(path, *self.entries[path], inode)
        entry("TRAILER!!!", 0, b"", 0)
        return b"".join(parts)


def kernel():
    return glob.glob("/boot/vmlinuz-*")[0]


def xen():
    """The hypervisor as an ELF file, which QEMU's multiboot loader wants."""
    with gzip.open(glob.glob("/boot/xen-4.20-*.gz")[0]) as file:
        return file.read()


def guest_kernel(cache):
    """An ELF kernel for `xl create`, unpacked from the distribution's bzImage."""
    with open(kernel(), "rb") as file:
        image = file.read()
    cached = f"{cache}/vmlinux-{hashlib.sha256(image).hexdigest()[:16]}"
    if not os.path.exists(cached):
        setup_sectors = image[0x1F1]
        offset, length = struct.unpack_from("<II", image, 0x248)
        start = (setup_sectors + 1) * 512 + offset
        # zstd gives the whole kernel, then complains of the size that follows it.
        unpacked = subprocess.run(["zstd", "-dcq"], input=image[start : start + length],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        if not unpacked.startswith(b"\x7fELF"):
            raise RuntimeError(f"no ELF kernel in {kernel()}")
        os.makedirs(cache, exist_ok=True)
        with open(cached + ".part", "wb") as file:
            file.write(unpacked)
        os.rename(cached + ".part", cached)
    with open(cached, "rb") as file:
        return file.read()


def base_tree(init):
    """What both domains have: a shell, an init, and the folders of a root."""
    tree = Tree()
    tree.busybox()
    tree.copy(init, "/init")
    for path in ("/dev", "/proc", "/sys", "/run", "/tmp", "/var", "/etc", "/results", "/root"):
        tree.folder(path)
    tree.link("/var/run", "/run")
    # Where the loader looks without a cache of its own.
    tree.link("/lib64", "/usr/lib64")
    tree.copy("/lib64/ld-linux-x86-64.so.2", "/usr/lib64/ld-linux-x86-64.so.2")
    return tree


def xen_tools(tree):
    for name in ("xl", "xenstored", "xenconsoled", "xen-init-dom0"):
        tree.program(f"{XEN_TOOLS}/{name}", f"/bin/{name}")
    # xl runs it by this path, to save and restore a guest.
    for name in ("xenstore-ls", "xenstore-read", "xenstore-watch", "xenstore-write"):
        tree.program(f"/usr/bin/{name}", f"/bin/{name}")
    tree.file("/etc/xen/xl.conf", b'autoballoon="off"\n')
    for path in ("/var/log/xen", "/var/lib/xen", "/var/lib/xenstored", "/run/xen"):
        tree.folder(path)
