/** The id of the invitation that a link leads to, wherever the link leads; null for every other text. */
export function invitationIn(link: string): string | null {
  const [, query] = link.trim().split('?', 2)
  return new URLSearchParams(query).get('invitation') || null
}
