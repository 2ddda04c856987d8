/** The pages of the navigation, in order. */
export const PLACES = [
  { path: '/', name: 'images' },
  { path: '/summarise', name: 'text' },
  { path: '/qr', name: 'qr' },
  { path: '/usage', name: 'usage' },
  { path: '/plans', name: 'plans' },
] as const

export type Place = (typeof PLACES)[number]['name']

/** The page at a path; null for paths outside the navigation. */
export function placeOf(path: string): Place | null {
  return PLACES.find((place) => place.path === path)?.name ?? null
}
