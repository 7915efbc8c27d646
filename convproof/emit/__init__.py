"""Generated code as files: the package's own modules, and stand-alone ones for a layer."""
