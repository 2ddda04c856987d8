import { z } from 'zod'

/** An instant as ISO text. Its format describes and does not check: an answer on its way is not refused for how its instant is written. */
export const instantSchema = z.string().meta({ format: 'date-time' })
