/** Who changes something by hand, by which way, and why; written down with the change. */
export type ChangeAuthor = {
  /** An operator's account in the view, the login that a command was run with. */
  operator: string
  via: 'view' | 'command'
  /** Between 3 and 500 characters. */
  reason: string
}
