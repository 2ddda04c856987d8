/** From which the model's transaction ids are derived. */
export const MODEL_SECRET = 'the model has a secret of its own, too'
