/** A person who spends the credits of an organization. */
export type TeamPerson = { id: string; name: string; email: string }

/** The members of organizations. */
export type TeamMembers = {
  /** All current members. */
  list(organizationId: string): Promise<TeamPerson[]>
}
