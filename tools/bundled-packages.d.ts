export declare function moduleCollector(modules: Set<string>): { name: string };
export declare function packageOf(id: string): string | undefined;
export declare function readLicence(
  root: string,
  name: string,
): { name: string; version: string; license: string; text: string; copyright: string };
export declare function noticeOf(root: string, modules: Iterable<string>): string;
export declare function unnamedIn(notice: string, root: string, modules: Iterable<string>): string[];
