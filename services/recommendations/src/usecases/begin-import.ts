import { Injectable } from '@nestjs/common';
import { Database } from '@followthrough/database';
import { ImportFunnel, type ImportEntity } from '@followthrough/imports';
import { audit, Problem, type CallerIdentity } from '@followthrough/service-kit';
import type { DocumentFacts, Mapping } from '../domain/formats';
import { ImportBell } from '../outbound/import-bell';
import { TemplateStore } from '../outbound/template.store';

export interface ImportRequest {
  uploadId: string;
  template?: string;
  mapping?: Mapping;
  document?: Partial<DocumentFacts>;
}

/** Begins the import of an uploaded file; its rows are read in the background. */
@Injectable()
export class BeginImport {
  constructor(
    private readonly database: Database,
    private readonly funnel: ImportFunnel,
    private readonly templates: TemplateStore,
    private readonly bell: ImportBell,
  ) {}

  async begin(caller: CallerIdentity, request: ImportRequest): Promise<ImportEntity> {
    const upload = await this.funnel.uploads.find(request.uploadId);
    if (!upload) {
      throw new Problem(
        'not-found',
        'upload-not-found',
        'There is no such upload, or it broke off: upload the file again.',
      );
    }
    if (request.template !== undefined && !(await this.templates.find(request.template))) {
      throw new Problem('not-found', 'template-not-found', 'There is no mapping template of that id.');
    }
    return this.database.transaction(async (tx) => {
      const imported = await this.funnel.begin(tx, {
        uploadId: upload.id,
        fileName: upload.name,
        bytes: upload.bytes,
        sha256: upload.sha256,
        request: { template: request.template, mapping: request.mapping, document: request.document },
        createdBy: caller.id,
      });
      await audit(tx, {
        caller,
        action: 'import.begin',
        subject: 'import',
        subjectId: imported.id,
        details: { sha256: upload.sha256, template: request.template },
      });
      this.bell.ring(tx, imported.id);
      return imported;
    });
  }
}
