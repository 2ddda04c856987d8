/** A customer's own limit for one meter in a calendar month, and how much of it is used. */
export type SpendCap<Meter extends string = string> = {
  meter: Meter
  cap: number
  /** Charged in this month. */
  spent: number
  /** When the next month begins, in UTC. */
  resetsAt: string
}
