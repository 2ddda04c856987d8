/** File systems truncate longer names. */
const LENGTH_MAX = 60

/** What a download is called: the words it was made from, in any script, as a file system takes them. */
export function fileName(words: string, extension: string, suffix = ''): string {
  const name = words
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .slice(0, LENGTH_MAX)
    .replaceAll(/^-+|-+$/gu, '')
  return `${name || 'tollgate'}${suffix && `-${suffix}`}.${extension}`
}
