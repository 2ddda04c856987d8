/** The invitation id in a link of any origin; null for any other text. */
export function invitationIn(link: string): string | null {
  const [, query] = link.trim().split('?', 2)
  return new URLSearchParams(query).get('invitation') || null
}
