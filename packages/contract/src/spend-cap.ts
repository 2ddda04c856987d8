/** What a customer allows itself to spend of one meter in a calendar month, and how far it is. */
export type SpendCap<Meter extends string = string> = {
  meter: Meter
  cap: number
  /** Charged in this month. */
  spent: number
  /** When the next month begins, in UTC. */
  resetsAt: string
}
