// What a file may hold, so that neither reading nor mapping it can exhaust the machine.

/** 1 GiB. */
export const maxFileBytes = 1024 * 1024 * 1024;
export const maxRows = 1_000_000;
export const maxColumns = 1_000;
/** Characters of one row as JSON. */
export const maxRowChars = 4 * 1024 * 1024;
/** Characters of a JSON file that is one object: it becomes one capture. */
export const maxObjectChars = 24 * 1024 * 1024;
