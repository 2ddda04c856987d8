/** A user as the statements that find callers select it. */
export type UserRow = {
  id: string
  name: string
  email: string
  customer_id: string
  is_guest: boolean
}
