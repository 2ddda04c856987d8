/** The secret that the model's transaction ids are derived from. */
export const MODEL_SECRET = 'the model has a secret of its own, too'
