/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the plan desk share. */
#pragma once

#include "session/rn-plan-desk.h"

struct _RnPlanDesk {
  GObject parent_instance;
  RnAlertDesk *desk; /* borrowed */
  RnPlanFile *file;
  RnPlanAdvisor *advisor;
  RnPlanBook *book;
  RnFrame *frame; /* of the last step; NULL before */
  gint64 now_us;
  char *path, *file_error;
  GFileMonitor *monitor;
  GCancellable *loading; /* NULL: the file is not being read */
};

/** Emits "refused". */
void rn_plan_desk_refuse (RnPlanDesk *self, const char *text);
