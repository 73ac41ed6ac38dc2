"""The public site. It reads publications alone, and its pages may lie in any cache."""
