type Arrows = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** What each room of each package may import, in layers. */
export const arrows: Arrows;
/** Rooms that are some files of a folder. */
export const listedFiles: Arrows;
