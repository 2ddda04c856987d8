/** A user as selected by the statements that find callers. */
export type UserRow = {
  id: string
  name: string
  email: string
  customer_id: string
  is_guest: boolean
}
