import { createExtractiveModel } from './extractive-model.ts'
import { createProviderModel, type ProviderOptions } from './provider-model.ts'
import type { TextModel } from '../text-model.ts'

/** The text model of a server: a provider's when a key is configured, otherwise our own, which needs none. */
export function createTextModel(options: { openai?: ProviderOptions | undefined }): TextModel {
  return options.openai ? createProviderModel(options.openai) : createExtractiveModel()
}
