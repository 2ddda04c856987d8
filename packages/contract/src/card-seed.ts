/** Seeds of cards are whole numbers below this, short enough to be read out. */
export const CARD_SEEDS = 1_000_000

/** The default seed of a card, computed by FNV-1a so that screens know it before they ask the server. */
export function defaultCardSeed({ title, style }: { title: string; style: string }): number {
  let hash = 0x81_1c_9d_c5
  for (const character of `${style}\n${title}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93) >>> 0
  }
  return hash % CARD_SEEDS
}
