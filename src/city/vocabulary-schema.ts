// Shape of config/vocabulary.yaml.

import { z } from 'zod'

export const vocabularySchema = z.object({}).loose()
