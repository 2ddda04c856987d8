/** What a customer allows itself to spend of one meter in a calendar month, and how far it is. */
export type SpendCap = {
  meter: string
  cap: number
  /** Charged in this month. */
  spent: number
  /** When the next month begins, in UTC. */
  resetsAt: string
}
