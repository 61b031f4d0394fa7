"""Pictures inside Office packages: members of their own, led to by relationships."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from danju.model.picture import Picture

if TYPE_CHECKING:
    from danju.ooxml.package import Package

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def add_media(package: Package, part: str, pictures: Iterable[Picture]) -> None:
    """Members with the pictures, each content once, and relationships with their keys."""
    folder = part.partition("/")[0]
    for key, picture in {picture.key: picture for picture in pictures}.items():
        name = f"{folder}/media/{key}.{picture.suffix}"
        package.put(name, picture.content)
        package.relate(part, "image", name, key)
        package.set_default_type(picture.suffix)


def shape_xml(picture: Picture, number: int) -> str:
    """pic:pic, a picture of its own size (ECMA-376 part 1, 20.2.2.5), without namespace declarations."""
    return (
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{picture.key}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{picture.key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu(picture.width_mm)}" cy="{emu(picture.height_mm)}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    )


def emu(mm: float) -> int:
    """English metric units, of which a millimetre has 36,000."""
    return round(mm * 36000)
