"""Rules as data: from YAML files to checked, frozen objects. Every error names its file and line."""
