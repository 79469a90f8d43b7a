/** Regions of AWS, those that examples use and most people deploy to first; the last ones are what other stores call theirs. */
export const regionNames: readonly string[] = [
  'us-east-1 us-east-2 us-west-1 us-west-2 eu-west-1 eu-west-2 eu-central-1 ap-southeast-1',
  'ap-southeast-2 ap-northeast-1 ap-south-1 ca-central-1 sa-east-1 eu-west-3 eu-north-1 eu-south-1',
  'eu-south-2 eu-central-2 ca-west-1 mx-central-1 ap-northeast-2 ap-northeast-3 ap-south-2 ap-east-1',
  'ap-east-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 af-south-1',
  'me-south-1 me-central-1 il-central-1 us-gov-east-1 us-gov-west-1 cn-north-1 cn-northwest-1',
  'aws-global global auto us-east default',
].flatMap((line) => line.split(' '));

/** Services as scopes name them, those that sign voice and messages first. */
export const serviceNames: readonly string[] = [
  'execute-api lambda s3 connect chime sts iam es sns sqs service ses bedrock dynamodb secretsmanager',
  'ssm kms ec2 events states logs monitoring kinesis firehose iot iotdata iotdevicegateway appsync aoss',
  'ecr ecs eks cognito-idp cognito-identity sms-voice mobiletargeting polly transcribe lex wisdom',
  'voiceid profile app-integrations kinesisvideo sagemaker rekognition comprehend translate cloudfront',
  'route53 elasticloadbalancing autoscaling cloudformation rds rds-db redshift athena glue scheduler',
  'geo vpc-lattice-svcs aps xray apigateway amplify managedblockchain bedrock-runtime lambda-url email',
  'amazonaws aws',
].flatMap((line) => line.split(' '));

/** Region and service that a host names beside those: `connect.eu-west-1.amazonaws.com`, `x.lambda-url.eu-west-1.on.aws`. */
export function namesOfHost(host: string): readonly string[] {
  return host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .split('.')
    .filter((label) => /^[a-z][a-z0-9-]{1,40}$/.test(label));
}
