// What takes longer than a test run may: hundreds of kills, fuzzing. Run by hand: npm run soak.
import base from './jest.config.js'

export default { ...base, testMatch: ['<rootDir>/test/**/*.soak.ts'], testTimeout: 3_600_000 }
