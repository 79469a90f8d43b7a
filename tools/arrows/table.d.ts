type Arrows = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** What each room of each package may import, in layers. */
export const arrows: Arrows;
/** Arrows that exist and climb. */
export const toGo: Arrows;
/** Rooms that are some files of a folder. */
export const listedFiles: Arrows;
