"""What the operating system refuses, in French."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "les droits manquent",
    errno.EPERM: "les droits manquent",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le quota du disque est atteint",
    errno.ENOENT: "ce chemin n’existe pas",
    errno.EEXIST: "ce n’est pas un dossier",
    errno.ENOTDIR: "ce n’est pas un dossier",
    errno.EISDIR: "c’est un dossier",
}


def system_refusal(error: OSError) -> str:
    """`Impossible d’utiliser « /proc/x » : ce chemin n’existe pas.` In rare cases, the reason in the system’s words."""
    reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
    return (
        f"Impossible d’utiliser « {error.filename} » : {reason}."
        if error.filename
        else f"Le système refuse : {reason}."
    )
