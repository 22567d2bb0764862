"""Files that hold files: archives and mails, unpacked within limits and without using a single name from inside."""

from extractors.containers.limits import DEFAULT_LIMITS, ContainerLimits
from extractors.containers.unpack import Member, Unpacked, may_hold_files, unpack

__all__ = ["DEFAULT_LIMITS", "ContainerLimits", "Member", "Unpacked", "may_hold_files", "unpack"]
