"""Machines for scenarios that need users, sudo, sshd, packages or systemd: an overlay of this one, gone afterwards.

Each has mount, pid, net, uts and ipc namespaces of its own over an image made once; nothing of the machine below is
changed. Controller and hosts are the same machine, with an address on its own loopback for each name of the shop.
"""

from prove.machine.boot import NEEDS, booted, can_boot

__all__ = ["NEEDS", "booted", "can_boot"]
