/** A fault that a developer switched on. */
export interface FaultSetting {
  readonly name: string;
  readonly status?: number;
  readonly code?: string;
}
