/** An event of Sinch Voice, told apart by `event`. */
export type SinchCallbackBody =
  | (SinchEvent<'ice'> & {
      readonly callResourceUrl: string;
      readonly cli: string;
      readonly to?: SinchParty;
      readonly domain: 'pstn' | 'mxp';
      readonly originationType: string;
      readonly duration: number;
      readonly rdnis: string;
      readonly userRate: SinchMoney;
      readonly callHeaders: readonly SinchCallHeader[];
    })
  | (SinchEvent<'ace'> & { readonly amd?: SinchDetection })
  | (SinchEvent<'pie'> & {
      readonly menuResult: {
        readonly menuId: string;
        readonly type: 'error' | 'return' | 'sequence' | 'timeout' | 'hangup' | 'invalidinput';
        readonly value?: string;
        readonly inputMethod?: 'dtmf' | 'voice';
      };
    })
  | (SinchEvent<'dice'> & {
      readonly reason: string;
      readonly result: 'N/A' | 'ANSWERED' | 'BUSY' | 'NOANSWER' | 'FAILED';
      readonly from: string;
      readonly to?: SinchParty;
      readonly duration: number;
      readonly userRate: SinchMoney;
      readonly debit: SinchMoney;
      readonly callHeaders: readonly SinchCallHeader[];
    })
  | (SinchEvent<'notify'> & {
      /** `recording_finished`, `recording_available`, `transcription_available`, `amd`, `amd_beep` or `callingerror`. */
      readonly type: string;
      readonly destination?: string;
      readonly amd?: SinchDetection;
      readonly errorCode?: number;
      readonly errorMsg?: string;
    });

interface SinchEvent<Name extends string> {
  readonly event: Name;
  readonly callid: string;
  /** ISO 8601 in UTC. */
  readonly timestamp: string;
  readonly version: 1;
  readonly applicationKey: string;
  readonly custom?: string;
  readonly user?: string;
  readonly conferenceId?: string;
  readonly cookies?: Readonly<Record<string, string>>;
}

interface SinchParty {
  readonly type: string;
  readonly endpoint: string;
}

interface SinchMoney {
  readonly currencyId: string;
  readonly amount: number;
}

interface SinchCallHeader {
  readonly key?: string;
  readonly value?: string;
}

interface SinchDetection {
  readonly status: string;
  readonly reason: string;
  readonly duration: number;
}
