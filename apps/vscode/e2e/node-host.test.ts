import { describeExtension } from './describe-extension.ts';

describeExtension('node');
