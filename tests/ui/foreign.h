/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames as a source without a network gives them: the fixtures of the wzdx adapter, decoded. */
#pragma once

#include "base/rn-clock.h"
#include "feed/rn-adapter.h"
#include "model/rn-frame.h"

/** A frame at @now_us (0: when the feed was true) of the fixture @name; @network is borrowed. */
static inline RnFrame *
foreign_frame (const RnNetwork *network, const char *name, gint64 now_us, RnFeedState state)
{
  const RnAdapter *adapter = rn_adapter_find ("wzdx");
  g_autofree char *path = g_build_filename (RN_SOURCE_DIR "/tests/feed/data/wzdx", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RnDocument) document = NULL;
  g_autoptr (GError) error = NULL;
  const RnDecodeContext context = { .source = "w" };
  RnFeedStatus feed = { .source = (char *) "w", .adapter = (char *) "wzdx",
                        .kind = RN_FEED_WORKS, .state = state };
  const RnFeedStatus *feeds[] = { &feed };
  RnFrameParts parts = { .network = network };
  gsize length = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (text, length);
  document = adapter->decode (RN_FEED_WORKS, (GBytes *const[]){ bytes }, &context, &error);
  g_assert_no_error (error);
  feed.observed_at_us = document->observed_at_us;
  parts.now_us = now_us != 0 ? now_us : document->observed_at_us;
  parts.works = document->works;
  parts.devices = document->devices;
  return rn_frame_build (network, &parts, 1, rn_state_table_default (), parts.now_us, NULL, feeds,
                         1);
}
