"""Photographs and scans saved as pictures: each picture, or each page of a TIFF, is a page to be read by OCR."""

from extractors.image.file import IMAGE_TYPES, ImageFile, open_image

__all__ = ["IMAGE_TYPES", "ImageFile", "open_image"]
