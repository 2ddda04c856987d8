import { z } from 'zod'

/** The language of a hosted page that the reader chose, a tag such as "de"; the browser's language without one. */
export const pageLanguage = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .max(35)
  .optional()
