/** Country calling codes of the places Sinch has hosts and customers in most; ITU-T E.164. */
const countries: Readonly<Record<string, string>> = {
  '1': 'US',
  '7': 'RU',
  '27': 'ZA',
  '30': 'GR',
  '31': 'NL',
  '32': 'BE',
  '33': 'FR',
  '34': 'ES',
  '36': 'HU',
  '39': 'IT',
  '40': 'RO',
  '41': 'CH',
  '43': 'AT',
  '44': 'GB',
  '45': 'DK',
  '46': 'SE',
  '47': 'NO',
  '48': 'PL',
  '49': 'DE',
  '52': 'MX',
  '54': 'AR',
  '55': 'BR',
  '56': 'CL',
  '57': 'CO',
  '60': 'MY',
  '61': 'AU',
  '62': 'ID',
  '63': 'PH',
  '64': 'NZ',
  '65': 'SG',
  '66': 'TH',
  '81': 'JP',
  '82': 'KR',
  '84': 'VN',
  '86': 'CN',
  '90': 'TR',
  '91': 'IN',
  '351': 'PT',
  '352': 'LU',
  '353': 'IE',
  '358': 'FI',
  '372': 'EE',
  '420': 'CZ',
  '852': 'HK',
  '971': 'AE',
  '972': 'IL',
};

/** The ISO 3166-1 code of an E.164 number's country; empty where the calling code is not in the table. */
export function countryOf(number: string): string {
  for (const length of [3, 2, 1]) {
    const country = countries[number.slice(1, 1 + length)];
    if (country !== undefined) return country;
  }
  return '';
}
