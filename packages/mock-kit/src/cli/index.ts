export {
  type CommandTwin,
  type LoadedTwin,
  type MockCommand,
  parseChoice,
  rateLimitsFlag,
  type SettingFlag,
} from './mock-command.ts'
export { runMockCommand } from './run.ts'
