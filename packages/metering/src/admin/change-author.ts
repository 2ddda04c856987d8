/** Who changes something by hand, through which interface, and why; recorded with the change. */
export type ChangeAuthor = {
  /** An operator's account in the view, the login that a command was run with. */
  operator: string
  via: 'view' | 'command'
  /** Between 3 and 500 characters. */
  reason: string
}
