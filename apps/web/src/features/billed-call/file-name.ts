/** File systems truncate longer names. */
const LENGTH_MAX = 60

/** The file name of a download: the words of its input in any script, without characters that file systems reject. */
export function fileName(words: string, extension: string, suffix = ''): string {
  const name = words
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .slice(0, LENGTH_MAX)
    .replaceAll(/^-+|-+$/gu, '')
  return `${name || 'tollgate'}${suffix && `-${suffix}`}.${extension}`
}
