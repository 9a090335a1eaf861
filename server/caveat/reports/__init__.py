"""What was found in some pages, told in the form that is asked for."""
