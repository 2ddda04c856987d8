/** Who makes a manual change, through which interface, and why; recorded with the change. */
export type ChangeAuthor = {
  /** The operator's account in the view, or the login that ran the command. */
  operator: string
  via: 'view' | 'command'
  /** Between 3 and 500 characters. */
  reason: string
}
