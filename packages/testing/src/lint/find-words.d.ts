export function findWords(
  file: string,
  text: string,
): { start: number; end: number; message: string }[]
