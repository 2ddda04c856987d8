import { z } from 'zod'

/** An instant as ISO text. The format is documentation only: an answer must not be rejected for how an instant is written. */
export const instantSchema = z.string().meta({ format: 'date-time' })
