/**
 * The number of the shape that entities and tables have in snapshots and data files.
 *
 * Raise it whenever a twin stores something in another way: what was written before is refused then, instead of misread.
 */
export const stateFormat = 4
