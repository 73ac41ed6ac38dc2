"""What a publication is taken home as: sheets, JSON, data packages."""
