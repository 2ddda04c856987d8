/** The pages one can go to, in the order they are offered. */
export const PLACES = [
  { path: '/', name: 'images' },
  { path: '/summarise', name: 'text' },
  { path: '/qr', name: 'qr' },
  { path: '/usage', name: 'usage' },
  { path: '/plans', name: 'plans' },
] as const

export type Place = (typeof PLACES)[number]['name']

/** Which page is at a path; null for the others. */
export function placeOf(path: string): Place | null {
  return PLACES.find((place) => place.path === path)?.name ?? null
}
