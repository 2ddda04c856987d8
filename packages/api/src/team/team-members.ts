/** A person who spends the credits of an organization. */
export type TeamPerson = { id: string; name: string; email: string }

/** Who is in which organization. */
export type TeamMembers = {
  /** Everyone who is a member now. */
  list(organizationId: string): Promise<TeamPerson[]>
}
