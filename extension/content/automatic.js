/** Runs last where the reader wants pages checked unasked. */
caveat.checkUnasked?.();
